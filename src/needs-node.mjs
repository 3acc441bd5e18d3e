/**
 * Ends the process with one sentence where this Node is too old for the product; does nothing otherwise.
 * Plain JavaScript of an old kind, because it must run where the product does not.
 */
export function refuseOldNode() {
  const found = process.versions.node;
  if (Number(found.split('.')[0]) >= 24) return;
  process.stderr.write(
    `Kaeru needs Node 24 or later, and this is Node ${found} (${process.execPath}): run \`npm ci\`, which brings Node 24 on ` +
      'Linux and Windows, and start Kaeru through npm (`npm start`); on macOS install Node 24 yourself.\n',
  );
  process.exit(1);
}
