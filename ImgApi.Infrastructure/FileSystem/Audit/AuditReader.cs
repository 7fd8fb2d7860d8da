using System.Text;
using ImgApi.Domain.Audit;

namespace ImgApi.Infrastructure.FileSystem.Audit;

/// <summary>Finds events in the files of a folder, the newest first. Lines that are not events are skipped.</summary>
internal static class AuditReader
{
    public static IReadOnlyList<AuditEvent> Read(string folder, AuditQuery query, CancellationToken cancellation) =>
        [.. All(folder, query, cancellation).Where(query.Matches).Take(query.Limit)];

    /// <summary>The events after the one with that number, the oldest first.</summary>
    public static IReadOnlyList<AuditEvent> ReadAfter(string folder, long number, int limit) =>
    [
        .. FilesAfter(folder, number).SelectMany(Lines).Select(line => AuditLine.Read(line.Span)).OfType<AuditEvent>()
            .Where(one => one.Number > number).Take(limit),
    ];

    /// <summary>The files that may have later events than that number, the oldest first.</summary>
    private static IEnumerable<AuditFile> FilesAfter(string folder, long number)
    {
        var files = AuditFile.In(folder);
        return files.Where((_, place) => place + 1 == files.Count || files[place + 1].First > number + 1);
    }

    private static IEnumerable<AuditEvent> All(string folder, AuditQuery query, CancellationToken cancellation)
    {
        // Most lines are skipped by this search, which is much faster than reading JSON. Texts of other characters than these may be escaped.
        byte[][] sought = [.. new[] { query.Image?.ToString(), query.User, query.Action }
            .OfType<string>().Where(text => text.All(char.IsAsciiLetterOrDigit) || text == query.Image?.ToString()).Select(Encoding.UTF8.GetBytes)];
        foreach (var file in FilesAfter(folder, query.After ?? 0).Reverse().Where(file => query.Before is null || file.First < query.Before))
        {
            foreach (var line in Lines(file).Reverse())
            {
                cancellation.ThrowIfCancellationRequested();
                if (sought.All(text => line.Span.IndexOf(text) >= 0) && AuditLine.Read(line.Span) is { } one)
                {
                    yield return one;
                }
            }
        }
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> Lines(AuditFile file)
    {
        try
        {
            return file.Lines();
        }
        catch (FileNotFoundException)
        {
            return []; // deleted meanwhile because of its age
        }
    }
}
