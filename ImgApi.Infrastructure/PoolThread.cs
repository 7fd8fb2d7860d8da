namespace ImgApi.Infrastructure;

/// <summary>
/// The threads that wait for sockets are few, and serve all connections: what runs on them must not wait for anything, neither a
/// disk nor a lock nor another connection. Whatever might goes on with a thread of the pool.
/// </summary>
public static class PoolThread
{
    /// <summary>What follows its end runs on a thread of the pool.</summary>
    public static ValueTask SwitchAsync() => Thread.CurrentThread.IsThreadPoolThread ? default : LeaveAsync();

    private static async ValueTask LeaveAsync() => await Task.Yield();
}
