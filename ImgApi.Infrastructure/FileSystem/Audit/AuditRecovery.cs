using ImgApi.Domain.Audit;
using ImgApi.Infrastructure.FileSystem.Layout;

namespace ImgApi.Infrastructure.FileSystem.Audit;

/// <summary>
/// Finds the changes whose events a killed process recorded, but which did not take effect. The writes of one image follow each other, so only
/// the last event of an image can be such an event.
/// </summary>
internal static class AuditRecovery
{
    // A write takes effect long before so many others do.
    private const int MaxEvents = 2000;

    /// <summary>The events to add, which correct those.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IEnumerable<AuditEvent> Corrections(string folder, DataFolder data)
    {
        var recent = AuditReader.Read(folder, new AuditQuery { Limit = MaxEvents }, CancellationToken.None)
            .TakeWhile(one => one.Action is not (FileSystemAuditLog.Start or FileSystemAuditLog.Stop));
        var seen = new HashSet<string>();
        foreach (var one in recent.Where(one => one.IsChange))
        {
            var isLast = seen.Add(one.Image.ToString()!);
            if (one.Changed?.GetValueOrDefault("uuid")?.From is { } former)
            {
                seen.Add(former);
            }

            if (isLast && one.Corrects is null && StoredManifestHash.Of(data.Image(one.Image!.Value), one.Image.Value) != one.Manifest)
            {
                yield return one.Undone("the server was killed before the change took effect");
            }
        }
    }
}
