namespace ImgApi.Api.Responses;

/// <summary>Memory that all answers share which are written at once instead of in pieces.</summary>
/// <param name="most">Bytes.</param>
internal sealed class AnswerRoom(long most)
{
    private long _taken;

    /// <summary>Takes memory if there is enough; <see cref="GiveBack"/> has to follow.</summary>
    public bool TryTake(long length)
    {
        if (Interlocked.Add(ref _taken, length) <= most)
        {
            return true;
        }

        GiveBack(length);
        return false;
    }

    /// <summary>Gives back what was taken.</summary>
    public void GiveBack(long length) => Interlocked.Add(ref _taken, -length);
}
