using System.Runtime.CompilerServices;

namespace ImgApi.Infrastructure;

/// <summary>
/// The threads that wait for sockets are few, and serve all connections: what runs on them must not wait for anything, neither a
/// disk nor a lock nor another connection. What might wait goes on with a thread of the pool.
/// </summary>
public static class PoolThread
{
    private static readonly Switch ToPool = new();

    /// <summary>What follows its end runs on a thread of the pool.</summary>
    public static Switch SwitchAsync() => ToPool;

    /// <summary>
    /// The way to the pool. A task would not do: it may have ended on the pool before it is awaited, and then what follows would
    /// stay on the thread that was to be left.
    /// </summary>
    public sealed class Switch : ICriticalNotifyCompletion
    {
        /// <summary>Whether the thread is one of the pool already.</summary>
        public bool IsCompleted => Thread.CurrentThread.IsThreadPoolThread;

        /// <summary>For <c>await</c>.</summary>
        public Switch GetAwaiter() => this;

        /// <summary>For <c>await</c>.</summary>
        public void GetResult()
        {
        }

        /// <inheritdoc/>
        public void OnCompleted(Action continuation) => ThreadPool.QueueUserWorkItem(static next => next(), continuation, preferLocal: false);

        /// <inheritdoc/>
        public void UnsafeOnCompleted(Action continuation) => ThreadPool.UnsafeQueueUserWorkItem(static next => next(), continuation, preferLocal: false);
    }
}
