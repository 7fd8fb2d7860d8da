using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
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

    private const int MarksAtOnce = 64;

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

        var mayBeKept = text.Kept is null && !text.IsDropped && text.Length <= LongestKept;
        return mayBeKept ? Kept.Keep(forms, (int)form, () => Whole(images, form, text.Length)) : text;
    }

    /// <summary>The texts of a list's images, in its order.</summary>
    public IEnumerable<byte[]> ItemsOf(IReadOnlyList<Image> images, ManifestForm form) => images.Select(image => texts.Of(image, form).Json);

    private ListText Make(IReadOnlyList<Image> images, ManifestForm form)
    {
        if (images.Count > WorthHelp)
        {
            Parallel.ForEach(images, image => texts.Of(image, form));
        }

        // Opaque, as the Etags of single images are.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        Span<UInt128> marks = stackalloc UInt128[MarksAtOnce];
        var length = 0L;
        for (var i = 0; i < images.Count; i++)
        {
            var text = texts.Of(images[i], form);
            length += ListJson.LengthOf(text.Json);
            marks[i % MarksAtOnce] = text.Mark;
            if (i % MarksAtOnce == MarksAtOnce - 1 || i == images.Count - 1)
            {
                hash.AppendData(MemoryMarshal.AsBytes(marks[..((i % MarksAtOnce) + 1)]));
            }
        }

        return new ListText(Convert.ToHexStringLower(hash.GetHashAndReset()), ListJson.LengthOfAll(length, images.Count), Kept: null);
    }

    private ReadOnlyMemory<byte> Whole(IReadOnlyList<Image> images, ManifestForm form, long length)
    {
        var whole = new ArrayBufferWriter<byte>((int)length);
        foreach (var item in ItemsOf(images, form))
        {
            ListJson.WriteBefore(whole, isFirst: whole.WrittenCount == 0);
            ListJson.WritePart(whole, item);
        }

        ListJson.WriteEnd(whole, isEmpty: images.Count == 0);
        return whole.WrittenMemory;
    }
}
