using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImgApi.Infrastructure.Users;

/// <summary>
/// The text of a users file, for edits. An edit changes only the bytes of its values, so that comments, order, spaces and unknown members stay.
/// </summary>
/// <param name="text">A text that <see cref="UsersContent.Parse"/> accepts.</param>
internal sealed class UsersText(byte[] text)
{
    // The default encoder would escape the plus signs of hashes.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of a new file.</summary>
    public static byte[] Empty => Encoding.UTF8.GetBytes("{\n  \"users\": [\n  ]\n}\n");

    public byte[] Bytes { get; private set; } = text;

    /// <summary>Appends an entry to a list, which is created if it is missing.</summary>
    public void Add(string list, JsonObject entry)
    {
        var root = Children(Root);
        if (root.Find(child => child.Name == list) is not { } found)
        {
            Insert(root[^1].End, $",\n  \"{list}\": [\n    {entry.ToJsonString(Json)}\n  ]");
            return;
        }

        // Behind the last comment, and not before it: the comment may be about the last entry.
        var close = found.End - 1;
        var at = Bytes.AsSpan(0, close).LastIndexOfAnyExcept(" \t\r\n"u8) + 1;
        var items = Children(found.Start);
        Insert(at, $"\n    {entry.ToJsonString(Json)}{(Bytes.AsSpan(at..close).Contains((byte)'\n') ? "" : "\n  ")}");
        if (items.Count > 0)
        {
            Insert(items[^1].End, ",");
        }
    }

    /// <summary>Sets a member of an entry; null is written as such.</summary>
    public void Set(string list, int index, string member, JsonNode? value)
    {
        var entry = Children(Items(list)[index].Start);
        var json = value?.ToJsonString(Json) ?? "null";
        if (entry.Find(child => child.Name == member) is { } found)
        {
            Replace(found.Start, found.End, json);
        }
        else
        {
            Insert(entry[^1].End, $", \"{member}\": {json}");
        }
    }

    /// <summary>Removes an entry, and the line on which it stands alone.</summary>
    public void Remove(string list, int index)
    {
        var items = Items(list);
        var (_, start, end) = items[index];
        if (index + 1 < items.Count)
        {
            RemoveComma(end);
        }
        else if (index > 0)
        {
            RemoveComma(items[index - 1].End);
            (start, end) = (start - 1, end - 1);
        }

        Replace(start, end, "");
        RemoveEmptyLine(start);
    }

    private int Root => WithoutComments().AsSpan().IndexOf((byte)'{');

    private List<Child> Items(string list) => Children(Children(Root).Find(child => child.Name == list)!.Start);

    /// <summary>The members of the object, or the items of the list, that begins at an offset.</summary>
    private List<Child> Children(int start)
    {
        var children = new List<Child>();
        var reader = new Utf8JsonReader(WithoutComments().AsSpan(start));
        reader.Read();
        string? name = null;
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                name = reader.GetString();
                continue;
            }

            var first = start + (int)reader.TokenStartIndex;
            reader.Skip();
            children.Add(new Child(name, first, start + (int)reader.BytesConsumed));
        }

        return children;
    }

    /// <summary>The text with spaces in place of comments, so that braces and commas in comments do not count.</summary>
    private byte[] WithoutComments()
    {
        var plain = Bytes.ToArray();
        var reader = new Utf8JsonReader(Bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Allow });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Comment)
            {
                plain.AsSpan((int)reader.TokenStartIndex..(int)reader.BytesConsumed).Fill((byte)' ');
            }
        }

        return plain;
    }

    /// <summary>Removes the comma that follows an item.</summary>
    private void RemoveComma(int end)
    {
        var comma = end + WithoutComments().AsSpan(end).IndexOf((byte)',');
        Replace(comma, comma + 1, "");
    }

    private void RemoveEmptyLine(int at)
    {
        var before = Bytes.AsSpan(0, at).LastIndexOfAnyExcept(" \t"u8);
        var after = at + Bytes.AsSpan(at).IndexOfAnyExcept(" \t\r"u8);
        if (before >= 0 && Bytes[before] == '\n' && Bytes[after] == '\n')
        {
            Replace(before, after, "");
        }
    }

    private void Insert(int at, string inserted) => Replace(at, at, inserted);

    private void Replace(int start, int end, string inserted) => Bytes = [.. Bytes[..start], .. Encoding.UTF8.GetBytes(inserted), .. Bytes[end..]];

    /// <param name="Name">Null for an item of a list.</param>
    /// <param name="Start">The offset of the first byte of the value.</param>
    /// <param name="End">The offset behind its last byte.</param>
    private sealed record Child(string? Name, int Start, int End);
}
