using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Layout;

/// <summary>
/// The disk failed after the commit point: the change was made, but may not survive a power failure. The server continues with the new state,
/// since that is the state on disk.
/// </summary>
internal sealed class CommittedWithFaultException(Exception inner) : Exception("The change is in place but not flushed.", inner)
{
    /// <summary>Runs an action after the commit point.</summary>
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
