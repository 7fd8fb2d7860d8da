namespace ImgApi.Domain.Audit;

/// <summary>Records what does not change an image. Repositories record the events of changes themselves.</summary>
public static class AuditedAction
{
    /// <summary>Records an event and then runs the action. If that fails, a second event corrects the first.</summary>
    /// <exception cref="ImgApiException">See <see cref="IAuditLog.AppendAsync"/>; then the action did not run. Or what the action throws.</exception>
    public static async Task RunAsync(IAuditLog audit, AuditEvent one, Func<Task> action)
    {
        var recorded = await audit.AppendAsync(one);
        try
        {
            await action();
        }
        catch (Exception fault)
        {
            audit.Note(recorded.Undone(fault.Message));
            throw;
        }
    }
}
