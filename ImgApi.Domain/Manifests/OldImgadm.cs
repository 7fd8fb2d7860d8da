using System.Text.Json;
using System.Text.RegularExpressions;
using ImgApi.Domain.UseCases;

namespace ImgApi.Domain.Manifests;

/// <summary>
/// <c>imgadm</c> before 3.7.4 writes its own platform into images of LX zones, which then do not install on older machines. As in the
/// reference, the origin's platform is restored (contract 5.18, step 8).
/// </summary>
internal static partial class OldImgadm
{
    private const string Member = "min_platform";

    private static readonly Version FirstFixedVersion = new(3, 7, 4);

    /// <summary>Replaces <c>requirements.min_platform</c> by the origin's, or removes it if the origin has none.</summary>
    public static async Task RestorePlatformAsync(
        ManifestDocument manifest, string userAgent, ImageLifecycle images, CancellationToken cancellation)
    {
        if (!IsOld(userAgent)
            || !manifest.IsOfType(ImageType.LxDataset)
            || manifest["requirements"] is not { ValueKind: JsonValueKind.Object } requirements
            || !requirements.TryGetProperty(Member, out _))
        {
            return;
        }

        var origin = manifest["origin"].AsUuid() is { } uuid ? await images.FindAsync(uuid, cancellation) : null;
        var restored = new ManifestDocument(requirements).Members.Where(member => member.Key != Member).ToDictionary();
        if (origin?.Details.Requirements?.Member(Member) is { ValueKind: not JsonValueKind.Undefined } platform)
        {
            restored[Member] = platform;
        }

        manifest.Set("requirements", restored);
    }

    [GeneratedRegex(@"^imgadm/([\d.]+) ")]
    private static partial Regex UserAgent { get; }

    private static bool IsOld(string userAgent) =>
        UserAgent.Match(userAgent) is { Success: true } match && Version.TryParse(match.Groups[1].Value, out var version) && version < FirstFixedVersion;
}
