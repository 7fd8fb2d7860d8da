using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ImgApi.Domain.Manifests;

/// <summary>
/// Makes one instance of values that many manifests have in common, so that many images take less memory. For one thread, and for
/// as long as manifests are read one after the other.
/// </summary>
public sealed class SharedValues
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _pieces = new(StringComparer.Ordinal);

    /// <summary>The first instance of that text.</summary>
    public string Text(string text) => _texts.TryAdd(text, text) ? text : _texts[text];

    /// <summary>The first copy of a value with the same bytes; it does not depend on the document that the value is in.</summary>
    public JsonElement Piece(JsonElement value)
    {
        var bytes = Encoding.Latin1.GetString(JsonMarshal.GetRawUtf8Value(value));
        ref var piece = ref CollectionsMarshal.GetValueRefOrAddDefault(_pieces, bytes, out var isKnown);
        return isKnown ? piece : piece = value.Clone();
    }
}
