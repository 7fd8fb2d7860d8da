namespace ImgApi.Tests.Support;

/// <summary>Waits until a condition holds. Fails after two minutes, which only a hang takes.</summary>
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
