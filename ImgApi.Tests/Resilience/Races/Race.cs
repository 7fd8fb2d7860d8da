namespace ImgApi.Tests.Resilience.Races;

/// <summary>Several clients that begin together.</summary>
internal static class Race
{
    /// <summary>Lets so many contestants go at once and waits for all of them.</summary>
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

    /// <summary>Runs a job again and again until another one, that has an end, is done.</summary>
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
