using System.Globalization;

namespace ImgApi.Api.Web.Add;

/// <summary>Reads from the first bytes of a file what the page fills in, and what the server would refuse.</summary>
internal sealed class FileFactsReader(ContentInspector inspector, IImageRepository images)
{
    private readonly UploadPreview _preview = new(inspector);

    /// <param name="details">The manifest as it is entered so far.</param>
    /// <param name="head">The first <see cref="UploadPreview.HeadLength"/> bytes, or the whole file.</param>
    public async Task<FileFacts> ReadAsync(
        string fileName, ImageDetails details, ReadOnlyMemory<byte> head, bool isWhole, CancellationToken cancellation)
    {
        var inspection = inspector.Inspect(head, isWhole, unpacks: true);
        var type = inspection.Stream?.Kind switch
        {
            ZfsObjectSet.Volume => ImageType.Zvol,
            ZfsObjectSet.FileSystem => ImageType.ZoneDataset,
            _ => null,
        };
        var origin = inspection.Stream is { IsIncremental: true } stream ? await OriginAsync(stream, cancellation) : null;
        var compression = Compression.ForFormat(inspection.Format) ?? Compression.None;
        var problem = Problem(details with { Type = details.Type ?? type, Origin = details.Origin ?? origin }, compression, head, isWhole);
        var parts = FileNameParts.Of(fileName);
        return new FileFacts(
            Summary(inspection), compression, parts.Name, parts.Version, type, type == ImageType.ZoneDataset ? "smartos" : null, origin?.ToString(), problem);
    }

    private static string Summary(InspectionResult inspection)
    {
        var stream = inspection.Stream is not { } head ? null : head switch
        {
            { HoldsSeveral: true } => "a ZFS send stream of several snapshots",
            { IsIncremental: true } => "an incremental ZFS send stream",
            _ => "a ZFS send stream",
        };
        var inside = stream ?? (inspection.Inside ?? ContentFormat.Unknown).Noun();
        return !inspection.Format.IsPacked() ? inside
            : inspection.IsDamaged ? $"damaged {inspection.Format.Noun()}"
            : $"{inside}, compressed by {inspection.Format.Noun()}";
    }

    private string? Problem(ImageDetails details, string compression, ReadOnlyMemory<byte> head, bool isWhole)
    {
        try
        {
            _preview.Inspect(details, compression, head, isWhole, isForced: false);
            return null;
        }
        catch (ImgApiException refusal)
        {
            var message = refusal.Errors is [{ Message: { } text }, ..] ? text : refusal.Message;
            // The page has no such parameter.
            return message.Replace(" (force=true overrides this check)", "", StringComparison.Ordinal);
        }
    }

    /// <summary>The image whose file made the snapshot that the stream is based on.</summary>
    private async Task<Uuid?> OriginAsync(ZfsStreamHead stream, CancellationToken cancellation)
    {
        var guid = stream.FromGuid.ToString(CultureInfo.InvariantCulture);
        var all = await images.QueryAsync(new ImageQuery { State = StateFilter.All }, cancellation);
        return all.Images.FirstOrDefault(image => image.File?.DatasetGuid == guid)?.Uuid;
    }
}
