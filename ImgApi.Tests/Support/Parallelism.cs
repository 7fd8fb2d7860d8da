// Fixtures run beside each other; the tests of one fixture run one after the other. Fixtures spend much of their time waiting for a disk,
// a time-out or another process, so there are more workers than processors.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(6)]
