export { runBench } from '../../bench/runBench'
