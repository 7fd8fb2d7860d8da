using System.Text.Json.Serialization;
using ImgApi.Infrastructure.FileSystem.Audit;
using ImgApi.Infrastructure.FileSystem.Stores;

namespace ImgApi.Api.Configuration;

/// <content>Which images the server accepts, and how it stores them.</content>
internal sealed partial record ServerConfiguration
{
    /// <summary>The keys that the use cases need.</summary>
    [JsonIgnore]
    public ServerRules Rules { get; init; } = new();

    /// <summary>The key that the content store needs.</summary>
    [JsonIgnore]
    public DiskSpaceRules Room { get; init; } = new();

    /// <summary>The key that the audit needs.</summary>
    [JsonIgnore]
    public AuditRules Audit { get; init; } = new();

    /// <summary>The key that resumable uploads need.</summary>
    [JsonIgnore]
    public UploadLimits Uploads { get; init; } = new(UploadLimits.DefaultLifespan);

    /// <summary><c>mixed</c>, <c>public</c>, <c>private</c> or <c>dc</c>: which images are accepted and who sees what.</summary>
    public ServerMode Mode { get => Rules.Mode; init => Rules = Rules with { Mode = value }; }

    /// <summary>Mode <c>dc</c>: owner of images whose manifest names none, and of imported images of the zero UUID.</summary>
    [MustBe("a UUID")]
    public Uuid? AdminUuid { get => Rules.AdminUuid; init => Rules = Rules with { AdminUuid = value }; }

    /// <summary>
    /// List of <c>{ "name": ..., "description": ..., "default": true }</c>: named subsets of the images, such as <c>dev</c> and
    /// <c>release</c>; at most one is the default.
    /// </summary>
    [MustBe("a list, not empty, of { \"name\": ..., \"description\": ..., \"default\": true or false }, each name once, and at most one of them the default")]
    public IReadOnlyList<ConfiguredChannel>? Channels
    {
        get;
        init
        {
            field = value;
            Rules = Rules with { Channels = ConfiguredChannel.ToSet(value ?? []) };
        }
    }

    /// <summary>Largest image file in bytes (20 GiB).</summary>
    [MustBe("a number of bytes, at least 1")]
    public long MaxImageSize { get => Rules.MaxFileSize; init => Rules = Rules with { MaxFileSize = value }; }

    /// <summary>
    /// Bytes that stay free on the file system of <c>datadir</c>; uploads and imports that would use them are refused with 507.
    /// </summary>
    /// <value>a hundredth of the file system, at most 1 GiB</value>
    [MustBe("a number of bytes")]
    public long? MinFree { get => Room.MinFree; init => Room = Room with { MinFree = value }; }

    /// <summary>Bytes of image files that all users may store; more are refused with 507. Entries of <c>userdb</c> and <c>usersFile</c> can have a <c>quota</c> too.</summary>
    /// <value>no limit</value>
    [MustBe("a number of bytes, at least 1")]
    public long? Quota { get; init; }

    /// <summary>Days after which events of the <see href="docs/operating.md#the-audit">audit</see> are deleted.</summary>
    [MustBe("a number from 1 to 36500")]
    public int AuditDays { get => Audit.Days; init => Audit = Audit with { Days = value }; }

    /// <summary>
    /// Files that no machine can install, judged by their first bytes: <c>warn</c> accepts them with a warning, <c>refuse</c> answers 422
    /// unless the request has <c>force=true</c>, <c>off</c> does not check, see
    /// <see href="docs/operating.md#files-that-cannot-be-installed">operating.md</see>.
    /// </summary>
    public ContentCheck ContentCheck { get => Rules.ContentCheck; init => Rules = Rules with { ContentCheck = value }; }

    /// <summary>Bytes per second that the background check of stored content reads (8 MiB); 0 switches it off.</summary>
    [MustBe("a number of bytes per second, or 0 for no scrub")]
    public long ScrubRate { get; init; } = 8 * 1024 * 1024;

    /// <summary>Hours between the end of a background check and the beginning of the next.</summary>
    [MustBe("a number of hours from 1 to 1000")]
    public int ScrubIntervalHours { get; init; } = 168;

    /// <summary>Days after their last change until images that were never activated are removed; 0 keeps them.</summary>
    [MustBe("a number of days from 1 to 10000, or 0 to keep the images")]
    public int UnactivatedLifespanDays { get; init; }

    /// <summary>
    /// <c>{ "keep": N, "olderThanDays": D, "unactivatedDays": D, "fetchedWithinDays": D }</c>: which images are removed because of their age,
    /// see <see href="docs/operating.md#room-and-age">operating.md</see>.
    /// </summary>
    [MustBe("{ \"keep\": ..., \"olderThanDays\": ..., \"unactivatedDays\": ..., \"fetchedWithinDays\": ... } with at least one of the first three")]
    public RetentionKeys? Retention { get; init; }

    /// <summary>
    /// Hours without new bytes after which an unfinished resumable upload is removed, see
    /// <see href="docs/operating.md#resumable-uploads">operating.md</see>.
    /// </summary>
    [MustBe("a number of hours from 1 to 10000")]
    public int UploadLifespanHours
    {
        get => (int)Uploads.Lifespan.TotalHours;
        init => Uploads = Uploads with { Lifespan = TimeSpan.FromHours(value) };
    }

    /// <summary>Only <c>local</c>: manifests are stored in files.</summary>
    [MustBe("\"local\": this server keeps manifests in files")]
    public string DatabaseType { get; init; } = Contracts.StorageTypes.Local;

    /// <summary>Only <c>["local"]</c>: files are stored on the server's own disk.</summary>
    /// <value><c>["local"]</c></value>
    [MustBe("[\"local\"]: this server keeps images on its own disk")]
    public IReadOnlyList<string> StorageTypes { get; init; } = [Contracts.StorageTypes.Local];

    /// <summary>Only <c>false</c>: images of machines need other services of a datacenter.</summary>
    [MustBe("false: images of machines need other services of a datacenter")]
    public bool AllowLocalCreateImageFromVm { get; init; }

    /// <summary>Accepted for compatibility with sdc-imgapi, without effect.</summary>
    [MustBe("a number of days; it has no effect")]
    public double? PlaceholderImageLifespanDays { get; init; }
}
