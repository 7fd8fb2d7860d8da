using System.Globalization;
using ImgApi.Domain.Contents;

namespace ImgApi.Domain.Images;

/// <summary>
/// Reasons why no machine can install a file as its manifest describes it. They come from comparing the manifest with the inspection of the
/// file at its arrival; what the inspection could not determine causes no finding.
/// </summary>
public static class ContentFindings
{
    /// <summary>The findings about an image's file, one sentence each, in a fixed order.</summary>
    public static IReadOnlyList<string> Of(Image image, ServerRules rules) =>
        rules.ContentCheck != ContentCheck.Off && image.File is { Inspection: { } inspection } file ? [.. All(image.Details, file.Compression, file.DatasetGuid, inspection)] : [];

    /// <summary>Throws <c>ContentCheckFailed</c> for an image with findings, if the server's rules demand it.</summary>
    public static void EnsureNone(Image image, ServerRules rules)
    {
        if (rules.ContentCheck == ContentCheck.Refuse && Of(image, rules) is { Count: > 0 } findings)
        {
            throw new ImgApiException(ErrorCode.ContentCheckFailed, $"{string.Join("; ", findings)} (force=true overrides this check)");
        }
    }

    private static IEnumerable<string> All(ImageDetails details, string compression, string? datasetGuid, InspectionResult inspection)
    {
        if (compression != Compression.None && inspection.Format == ContentFormat.Unknown)
        {
            return [$"the file is not {(Compression.All.Contains(compression) ? compression : "compressed")}, as its compression says"];
        }

        if (inspection.IsDamaged)
        {
            return [inspection.Inside == ContentFormat.ZfsStream
                ? "the file ends where its ZFS send stream begins"
                : $"the file begins as {inspection.Format.Noun()} does, but cannot be decompressed"];
        }

        return !ImageType.IsForZfs(details.Type) || inspection.Inside is not { } inside ? []
            : inside != ContentFormat.ZfsStream ? [NoStream(inspection.Format, inside)]
            : inspection.Stream is { } stream ? OfStream(details, datasetGuid, stream)
            : [];
    }

    private static string NoStream(ContentFormat format, ContentFormat inside) =>
        $"the file {(format.IsPacked() ? "decompresses to something that is" : "is")} {inside.Noun()}, not a ZFS send stream";

    private static IEnumerable<string> OfStream(ImageDetails details, string? datasetGuid, ZfsStreamHead stream)
    {
        var expected = details.Type == ImageType.Zvol ? ZfsObjectSet.Volume : ZfsObjectSet.FileSystem;
        if (stream.Kind != expected)
        {
            yield return $"the stream is {Noun(stream.Kind)}, but the type {details.Type} needs {Noun(expected)}";
        }

        if (stream.HoldsSeveral)
        {
            yield return "the stream holds several snapshots, and an image is one";
        }

        if (stream.IsIncremental && details.Origin is null)
        {
            yield return "the stream is incremental, but the image has no origin";
        }
        else if (!stream.IsIncremental && details.Origin is not null)
        {
            yield return "the stream is a full one, but the image has an origin";
        }

        if (datasetGuid is not null && !stream.HoldsSeveral && datasetGuid != GuidText(stream))
        {
            yield return $"the stream's snapshot has the GUID {GuidText(stream)}, which is not the given dataset_guid";
        }
    }

    /// <summary>The <c>dataset_guid</c> of the stream.</summary>
    public static string GuidText(ZfsStreamHead stream) => stream.ToGuid.ToString(CultureInfo.InvariantCulture);

    private static string Noun(ZfsObjectSet kind) => kind switch
    {
        ZfsObjectSet.FileSystem => "a file system",
        ZfsObjectSet.Volume => "a volume",
        _ => "neither a file system nor a volume",
    };
}
