using ImgApi.Domain.Audit;
using ImgApi.Infrastructure.FileSystem.Layout;

namespace ImgApi.Infrastructure.FileSystem.Audit;

/// <summary>
/// Checks that no event is missing or altered, and that the manifest of each image is that of its last event. A server may be running on the
/// folder. Someone who can write to the folder can also write a whole new audit; a hash that was kept elsewhere shows that.
/// </summary>
public sealed class AuditVerification
{
    private readonly List<string> _problems = [];
    private readonly Dictionary<Uuid, AuditEvent> _lastOfImages = [];
    private long _first;
    private long _firstKept = 1;

    private AuditVerification()
    {
    }

    /// <summary>What is wrong, in words.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The images that events have created or changed, without those that moved to another UUID.</summary>
    public IReadOnlyCollection<Uuid> Images => _lastOfImages.Keys;

    /// <summary>Number of events that are kept.</summary>
    public long Events { get; private set; }

    /// <summary>The last event; null if there is none.</summary>
    public AuditEvent? Last { get; private set; }

    /// <param name="dataFolder">Path of the data folder.</param>
    /// <param name="expected">The hash of an event that must be there; null for none.</param>
    /// <exception cref="DataFolderException">The data folder is missing.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static AuditVerification Verify(string dataFolder, string? expected, TimeProvider clock)
    {
        if (!Directory.Exists(dataFolder))
        {
            throw new DataFolderException($"there is no data folder {dataFolder}");
        }

        var verification = new AuditVerification();
        var isExpectedThere = expected is null;
        foreach (var file in AuditFile.In(Path.Combine(dataFolder, FileNames.Audit)))
        {
            foreach (var line in file.Lines())
            {
                verification.Check(file, line.Span);
                isExpectedThere |= verification.Last?.Hash == expected;
            }
        }

        if (!isExpectedThere)
        {
            verification._problems.Add($"there is no event with the hash {expected}");
        }

        verification.CheckBeginning();
        verification.CheckManifests(dataFolder, clock.GetUtcNow());
        return verification;
    }

    private void Check(AuditFile file, ReadOnlySpan<byte> line)
    {
        var name = Path.GetFileName(file.Path);
        if (AuditLine.Read(line) is not { } one)
        {
            _problems.Add($"{name}: a line after event {Last?.Number ?? file.First - 1} is not an event");
            return;
        }

        var expected = Last is null ? one.Number : Last.Number + 1;
        if (one.Number != expected)
        {
            _problems.Add($"{name}: events {expected} to {one.Number - 1} are missing");
        }
        else if (!AuditLine.Follows(line, one, Last?.Hash ?? (one.Number == 1 ? AuditLine.NoHash : null)))
        {
            _problems.Add($"{name}: event {one.Number} was altered, or those before it were");
        }

        Note(one);
    }

    private void Note(AuditEvent one)
    {
        _first = _first == 0 ? one.Number : _first;
        (Events, Last) = (Events + 1, one);
        if (one is { Action: AuditWriter.Deletion, Changed: { } deleted } && long.TryParse(deleted[AuditWriter.FirstEvent].To, out var first))
        {
            _firstKept = first;
        }

        if (one.Changed?.GetValueOrDefault("uuid")?.From is { } former && Uuid.TryParse(former, out var moved))
        {
            if (one.Corrects is null)
            {
                _lastOfImages.Remove(moved);
            }
            else
            {
                _lastOfImages[moved] = one;
            }
        }

        if (one.IsChange && one.Image is { } image)
        {
            _lastOfImages[image] = one;
        }
    }

    private void CheckBeginning()
    {
        if (_first > _firstKept)
        {
            _problems.Add($"events {_firstKept} to {_first - 1} are missing");
        }
    }

    private void CheckManifests(string dataFolder, DateTimeOffset now)
    {
        // The event of a change comes before the change, and a running server may be between the two.
        var settled = _lastOfImages.Where(last => last.Value.Corrects is null && last.Value.Time < now.AddMinutes(-1));
        foreach (var (image, last) in settled)
        {
            if (StoredManifestHash.Of(Path.Combine(dataFolder, image.ToString()), image) != last.Manifest)
            {
                _problems.Add($"the manifest of image {image} is not that of its last event, {last.Number}");
            }
        }
    }
}
