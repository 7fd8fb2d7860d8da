using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using ImgApi.Domain.Images;

namespace ImgApi.Api.Mapping;

/// <summary>
/// The JSON texts of lists. The repository gives the same instance for the same list, so what it looks like is kept beside
/// that instance for as long as it lives: Etag and length always, the whole text from the second time on unless it is very
/// long (a list that is asked for once between two changes is not worth the memory) or newer ones took its place.
/// </summary>
internal sealed class ListTexts(ImageTexts texts)
{
    // Bytes. Beyond it a list is written from its images' texts each time: memory is worth more than that little time.
    private const long LongestKept = 32 * 1024 * 1024;

    // Bytes of all lists together, not counting their compressed forms, which are a tenth and less.
    private const long MostKept = 64 * 1024 * 1024;

    // Images whose texts one thread makes at least as fast as several.
    private const int WorthHelp = 256;

    private readonly ConditionalWeakTable<IReadOnlyList<Image>, ListText?[]> _lists = [];

    /// <summary>What bounds the memory for whole texts.</summary>
    public KeptTexts Kept { get; init; } = new(MostKept);

    /// <summary>The text of a list in one form.</summary>
    public ListText Of(IReadOnlyList<Image> images, ManifestForm form)
    {
        var forms = _lists.GetValue(images, _ => new ListText?[4]);
        if (forms[(int)form] is not { } text)
        {
            return forms[(int)form] = Make(images, form);
        }

        if (text.Kept is null && !text.IsDropped && text.Length <= LongestKept)
        {
            text = text with { Kept = new KeptText(Whole(images, form, text.Length)) };
            Kept.Keep(forms, (int)form, text);
        }

        return text;
    }

    /// <summary>The texts of a list's images, in its order.</summary>
    public IEnumerable<byte[]> PiecesOf(IReadOnlyList<Image> images, ManifestForm form) => images.Select(image => texts.Of(image, form).Json);

    private ListText Make(IReadOnlyList<Image> images, ManifestForm form)
    {
#pragma warning disable CA5350 // Opaque, as the Etags of single images are.
        using var etag = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
#pragma warning restore CA5350
        long length = 0;
        if (images.Count > WorthHelp)
        {
            Parallel.ForEach(images, image => texts.Of(image, form));
        }

        foreach (var image in images)
        {
            var text = texts.Of(image, form);
            etag.AppendData(Encoding.ASCII.GetBytes(text.Etag));
            length += ListJson.LengthOf(text.Json);
        }

        length = ListJson.LengthOfAll(length, images.Count);
        return new ListText(Convert.ToHexStringLower(etag.GetHashAndReset()), length, Kept: null);
    }

    private byte[] Whole(IReadOnlyList<Image> images, ManifestForm form, long length)
    {
        var whole = new byte[length];
        var target = whole.AsSpan();
        foreach (var piece in ListJson.Pieces(PiecesOf(images, form)))
        {
            piece.Span.CopyTo(target);
            target = target[piece.Length..];
        }

        return whole;
    }
}
