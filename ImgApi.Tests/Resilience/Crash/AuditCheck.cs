using ImgApi.Infrastructure.FileSystem.Audit;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Resilience.Crash;

/// <summary>Compares the audit with the images after a start. Each change that took effect has an event, and each other event is corrected.</summary>
internal static class AuditCheck
{
    public static IEnumerable<string> Complaints(string dataFolder)
    {
        // Events of the last minute would not be compared, since the server may be between the event and the change. This one makes none now.
        var later = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(1));
        var verification = AuditVerification.Verify(dataFolder, null, later);
        return verification.Problems.Concat(DataFolderNames.ImageFolders(dataFolder).Select(Path.GetFileName)
            .Where(uuid => !verification.Images.Contains(Uuid.Parse(uuid!))).Select(uuid => $"no event has created image {uuid}"));
    }
}
