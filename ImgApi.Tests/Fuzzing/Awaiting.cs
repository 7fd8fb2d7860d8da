namespace ImgApi.Tests.Fuzzing;

/// <summary>Properties are not asynchronous; what they call is, by its type alone.</summary>
internal static class Awaiting
{
    /// <summary>What came of a task that had nothing to wait for.</summary>
    public static T Result<T>(this ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();
}
