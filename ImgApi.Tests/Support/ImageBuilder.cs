namespace ImgApi.Tests.Support;

/// <summary>Builds domain images. Everything that a test does not set has a valid default.</summary>
internal sealed class ImageBuilder
{
    private Uuid _uuid = Uuid.New();
    private ImageDetails _details = new() { Name = "base", Version = "1.0.0", Type = ImageType.ZoneDataset, Os = "smartos" };
    private ImageFile? _file;
    private ImageIcon? _icon;
    private bool _activated;
    private string? _label;

    public ImageBuilder WithUuid(Uuid uuid)
    {
        _uuid = uuid;
        return this;
    }

    public ImageBuilder WithUuid(string uuid) => WithUuid(Uuid.Parse(uuid));

    public ImageBuilder Named(string name) => With(details => details with { Name = name });

    public ImageBuilder PublishedAt(string text) =>
        With(details => details with { PublishedAt = Timestamp.TryParse(text, out var at) ? at : throw new FormatException(text) });

    public ImageBuilder WithOrigin(Uuid origin) => With(details => details with { Origin = origin });

    public ImageBuilder With(Func<ImageDetails, ImageDetails> change)
    {
        _details = change(_details);
        return this;
    }

    public ImageBuilder WithFile(ImageFile? file = null)
    {
        _file = file ?? SomeFile();
        return this;
    }

    public ImageBuilder WithIcon(ImageIcon icon)
    {
        _icon = icon;
        return this;
    }

    public ImageBuilder Activated()
    {
        _activated = true;
        return this;
    }

    public ImageBuilder Labelled(string label)
    {
        _label = label;
        return this;
    }

    public Image Build() => Image.Restore(_uuid, _details, _activated, _label, _file, _icon);

    /// <summary>A file whose content is in no store.</summary>
    public static ImageFile SomeFile() => new()
    {
        Sha1 = new string('a', 40),
        Size = 3,
        Compression = "gzip",
        ModifiedAt = DateTimeOffset.UnixEpoch,
    };
}
