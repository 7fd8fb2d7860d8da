// Fixtures run in parallel; the tests of one fixture run in sequence. Fixtures mostly wait for a disk, a timeout or another process, so
// there are more workers than processors.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(4)]
