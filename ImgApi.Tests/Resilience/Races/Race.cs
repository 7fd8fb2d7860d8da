namespace ImgApi.Tests.Resilience.Races;

/// <summary>Clients that start at the same time.</summary>
internal static class Race
{
    /// <summary>Starts all contestants at once and waits for them.</summary>
    public static async Task<T[]> RunAsync<T>(int contestants, Func<int, Task<T>> run)
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var all = Enumerable.Range(0, contestants).Select(number => Task.Run(async () =>
        {
            await go.Task;
            return await run(number);
        })).ToArray();
        go.SetResult();
        return await Task.WhenAll(all);
    }

    /// <summary>Repeats a job until another one is done.</summary>
    public static async Task DuringAsync(Task other, Func<Task> job)
    {
        do
        {
            await job();
        }
        while (!other.IsCompleted);
        await other;
    }
}
