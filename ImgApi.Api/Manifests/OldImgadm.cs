using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ImgApi.Api.Mapping;
using ImgApi.Domain.Images;
using ImgApi.Domain.Images.UseCases;

namespace ImgApi.Api.Manifests;

/// <summary>
/// <c>imgadm</c> before 3.7.4 writes its own platform into the images that it makes of LX zones, so that they install only
/// on newer machines; the reference puts the origin's platform back (contract 5.18, step 8).
/// </summary>
internal static partial class OldImgadm
{
    private const string Member = "min_platform";

    private static readonly Version Mended = new(3, 7, 4);

    /// <summary>Replaces <c>requirements.min_platform</c> by the origin's, or removes it if the origin has none.</summary>
    public static async Task MendPlatformAsync(
        ManifestFields fields, string userAgent, ImageLifecycle images, CancellationToken cancellation)
    {
        if (!IsOld(userAgent)
            || JsonValues.Text(fields["type"]) != ImageType.LxDataset
            || fields["requirements"] is not { ValueKind: JsonValueKind.Object } requirements
            || !requirements.TryGetProperty(Member, out _))
        {
            return;
        }

        var origin = JsonValues.Uuid(fields["origin"]) is { } uuid ? await images.FindAsync(uuid, cancellation) : null;
        var mended = JsonNode.Parse(requirements.GetRawText())!.AsObject();
        mended.Remove(Member);
        if (origin?.Details.Requirements is { ValueKind: JsonValueKind.Object } of && of.TryGetProperty(Member, out var platform))
        {
            mended[Member] = JsonNode.Parse(platform.GetRawText());
        }

        fields.Set("requirements", mended);
    }

    [GeneratedRegex(@"^imgadm/([\d.]+) ")]
    private static partial Regex UserAgent { get; }

    private static bool IsOld(string userAgent) =>
        UserAgent.Match(userAgent) is { Success: true } match && Version.TryParse(match.Groups[1].Value, out var version) && version < Mended;
}
