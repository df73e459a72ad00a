/** The root of the screen: places the regions of the view. Holds no state and no effects. */
import { Box } from 'ink';
import { useSyncExternalStore } from 'react';
import { Painted } from './screen/Painted.tsx';
import type { RegionName } from './screen-lines.ts';
import type { View } from './view.ts';

interface AppProps {
  readonly view: View;
}

export function App({ view }: AppProps) {
  const { size, paneBeside, regions } = useSyncExternalStore(view.follow, view.getArrangement);
  const region = (name: RegionName) => (
    <Painted lines={regions[name].lines} width={regions[name].width} slot={view.slotOf(name)} />
  );
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows}>
      {region('page')}
      {region('header')}
      {region('panel')}
      <Box flexDirection={paneBeside ? 'row' : 'column'} flexGrow={1} columnGap={paneBeside ? 1 : 0}>
        {region('table')}
        {region('pane')}
      </Box>
      {region('footer')}
    </Box>
  );
}
