namespace ImgApi.Api.Responses;

/// <summary>The memory shared by all answers that are written at once instead of in pieces.</summary>
/// <param name="max">Bytes.</param>
internal sealed class AnswerRoom(long max)
{
    private long _taken;

    /// <summary>Takes memory if enough is left; the caller has to call <see cref="Release"/>.</summary>
    public bool TryTake(long length)
    {
        if (Interlocked.Add(ref _taken, length) <= max)
        {
            return true;
        }

        Release(length);
        return false;
    }

    public void Release(long length) => Interlocked.Add(ref _taken, -length);
}
