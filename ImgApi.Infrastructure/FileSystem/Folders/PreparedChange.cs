namespace ImgApi.Infrastructure.FileSystem.Folders;

/// <summary>A change whose files are written and flushed under temporary names. Disposing it before the commit removes them.</summary>
/// <param name="commit">Puts the change in place.</param>
/// <param name="discard">Removes the temporary files. Throws nothing.</param>
internal sealed class PreparedChange(Action commit, Action discard) : IDisposable
{
    private bool _isCommitted;

    /// <exception cref="IOException">The change did not take effect.</exception>
    /// <exception cref="Layout.CommittedWithFaultException">It took effect.</exception>
    public void Commit()
    {
        try
        {
            commit();
        }
        catch (Layout.CommittedWithFaultException)
        {
            _isCommitted = true;
            throw;
        }

        _isCommitted = true;
    }

    public void Dispose()
    {
        if (!_isCommitted)
        {
            discard();
        }
    }
}
