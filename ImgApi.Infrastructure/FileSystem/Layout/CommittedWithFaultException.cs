using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Layout;

/// <summary>
/// The disk failed after the point of no return: the change is in place, only it may not survive a loss of power. The
/// server has to go on with the new state, since that is what the disk says.
/// </summary>
internal sealed class CommittedWithFaultException(Exception inner) : Exception("The change is in place but not flushed.", inner)
{
    /// <summary>Runs what comes after the commit point.</summary>
    public static void Guard(Action afterCommit)
    {
        try
        {
            afterCommit();
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            throw new CommittedWithFaultException(e);
        }
    }
}
