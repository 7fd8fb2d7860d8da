using System.Globalization;
using System.Text.RegularExpressions;
using ImgApi.Domain.Audit;

namespace ImgApi.Infrastructure.FileSystem.Audit;

/// <summary>A file of events, one a line. Its name has the number of its first event, and the day (UTC) on which that was recorded.</summary>
internal sealed partial record AuditFile(string Path, long First, DateOnly Day)
{
    private const byte LineEnd = (byte)'\n';

    /// <summary>The files of a folder, the oldest first.</summary>
    public static IReadOnlyList<AuditFile> In(string folder) =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder).Select(Find).OfType<AuditFile>().OrderBy(file => file.First)] : [];

    public static AuditFile Named(string folder, long first, DateOnly day) =>
        new(System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{first:d12}.{day:yyyy-MM-dd}.jsonl")), first, day);

    /// <summary>The lines, the oldest first, without their ends. Bytes after the last line end are no line yet.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Lines()
    {
        var bytes = ReadShared();
        var lines = new List<ReadOnlyMemory<byte>>();
        for (int start = 0, length; (length = bytes.AsSpan(start).IndexOf(LineEnd)) >= 0; start += length + 1)
        {
            lines.Add(bytes.AsMemory(start, length));
        }

        return lines;
    }

    /// <summary>The bytes up to the last line end.</summary>
    public ReadOnlyMemory<byte> WholeLines()
    {
        var bytes = ReadShared();
        return bytes.AsMemory(0, bytes.AsSpan().LastIndexOf(LineEnd) + 1);
    }

    /// <summary>The last event that can be read; null if there is none.</summary>
    public AuditEvent? Last() => Lines().Reverse().Select(line => AuditLine.Read(line.Span)).FirstOrDefault(one => one is not null);

    /// <summary>The server appends while others read.</summary>
    private byte[] ReadShared()
    {
        using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var bytes = new byte[file.Length];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    private static AuditFile? Find(string path) =>
        Name().Match(System.IO.Path.GetFileName(path)) is { Success: true } match
        && DateOnly.TryParseExact(match.Groups["day"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new AuditFile(path, long.Parse(match.Groups["first"].Value, CultureInfo.InvariantCulture), day)
            : null;

    [GeneratedRegex(@"\A(?<first>\d{12,18})\.(?<day>\d{4}-\d\d-\d\d)\.jsonl\z")]
    private static partial Regex Name();
}
