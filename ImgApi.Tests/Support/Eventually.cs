namespace ImgApi.Tests.Support;

/// <summary>Waits for what another party does in its own time; only a hang ends the wait.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));

    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        using var hang = new CancellationTokenSource(Hang);
        while (!await condition())
        {
            await Task.Delay(Pause, hang.Token);
        }
    }
}
