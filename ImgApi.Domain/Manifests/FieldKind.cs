using System.Text.Json;

namespace ImgApi.Domain.Manifests;

/// <summary>A type of fields: how their values are read leniently from JSON, and written to it.</summary>
public sealed class FieldKind
{
    private readonly Reader _read;
    private readonly Action<Utf8JsonWriter, object> _write;

    private FieldKind(Type type, Type shape, Reader read, Action<Utf8JsonWriter, object> write) =>
        (Type, Shape, _read, _write) = (type, shape, read, write);

    private delegate object? Reader(JsonElement value, out bool isComplete);

    /// <summary>A string.</summary>
    public static FieldKind Text { get; } = Scalar<string>(
        typeof(string), value => value.AsLenientText(), (writer, value) => writer.WriteStringValue((string)value));

    /// <summary>A boolean.</summary>
    public static FieldKind Boolean { get; } = Scalar<bool>(
        typeof(bool), value => value.AsBoolean(), (writer, value) => writer.WriteBooleanValue((bool)value));

    /// <summary>A whole number of 32 bits.</summary>
    public static FieldKind SmallNumber { get; } = Scalar<int>(
        typeof(long),
        value => value.AsWholeNumber() is >= int.MinValue and <= int.MaxValue and var number ? (int)number : null,
        (writer, value) => writer.WriteNumberValue((int)value));

    /// <summary>A whole number of 64 bits.</summary>
    public static FieldKind Number { get; } = Scalar<long>(
        typeof(long), value => value.AsWholeNumber(), (writer, value) => writer.WriteNumberValue((long)value));

    /// <summary>A UUID.</summary>
    public static FieldKind Uuid { get; } = Scalar<Uuid>(typeof(string), value => value.AsUuid(), WriteText);

    /// <summary>A date.</summary>
    public static FieldKind Timestamp { get; } = Scalar<Timestamp>(typeof(string), value => value.AsLenientTimestamp(), WriteText);

    /// <summary>An array of strings. A single string is read as an array.</summary>
    public static FieldKind Texts { get; } = List<string>(value => value.AsLenientText());

    /// <summary>An array of UUIDs. A single UUID is read as an array.</summary>
    public static FieldKind Uuids { get; } = List<Uuid>(value => value.AsUuid());

    /// <summary>An object with any members, kept as JSON.</summary>
    public static FieldKind JsonObject { get; } = Piece(JsonValueKind.Object);

    /// <summary>An array with any items, kept as JSON.</summary>
    public static FieldKind JsonArray { get; } = Piece(JsonValueKind.Array);

    /// <summary>The list with an image's file. It is only written, since each reader needs another part of it.</summary>
    public static FieldKind Files { get; } = new(
        typeof(ImageFile[]),
        typeof(JsonElement),
        (_, out _) => throw new NotSupportedException("The field \"files\" is not read as a whole."),
        WriteFiles);

    /// <summary>The .NET type of values.</summary>
    public Type Type { get; }

    /// <summary>The type in the API documentation: string, bool, long, string[], or <see cref="JsonElement"/> for any JSON.</summary>
    public Type Shape { get; }

    /// <summary>Reads a value other than null.</summary>
    /// <param name="isComplete">Whether the value is entirely valid.</param>
    /// <returns>A <see cref="Type"/>; null if nothing is usable.</returns>
    public object? Read(JsonElement value, out bool isComplete) => _read(value, out isComplete);

    /// <summary>Writes a <see cref="Type"/>.</summary>
    public void Write(Utf8JsonWriter writer, object value) => _write(writer, value);

    private static FieldKind Scalar<T>(Type shape, Func<JsonElement, object?> read, Action<Utf8JsonWriter, object> write) =>
        new(typeof(T), shape, (value, out isComplete) =>
        {
            var result = read(value);
            isComplete = result is not null;
            return result;
        }, write);

    private static FieldKind List<T>(Func<JsonElement, object?> read) => new(
        typeof(IReadOnlyList<T>),
        typeof(string[]),
        (value, out isComplete) =>
        {
            var usable = new List<T>();
            isComplete = true;
            if (value.ValueKind != JsonValueKind.Array)
            {
                isComplete = Add(usable, read(value));
                return value.ValueKind == JsonValueKind.Object ? null : usable.ToArray();
            }

            foreach (var item in value.EnumerateArray())
            {
                isComplete &= Add(usable, read(item));
            }

            return usable.ToArray();
        },
        (writer, values) =>
        {
            writer.WriteStartArray();
            foreach (var value in (IReadOnlyList<T>)values)
            {
                WriteText(writer, value!);
            }

            writer.WriteEndArray();
        });

    private static bool Add<T>(List<T> list, object? value)
    {
        if (value is T item)
        {
            list.Add(item);
        }

        return value is T;
    }

    private static FieldKind Piece(JsonValueKind kind) => Scalar<JsonElement>(
        typeof(JsonElement),
        value => value.ValueKind == kind ? value.Clone() : null,
        (writer, value) => ((JsonElement)value).WriteTo(writer));

    private static void WriteFiles(Utf8JsonWriter writer, object files)
    {
        writer.WriteStartArray();
        foreach (var file in (ImageFile[])files)
        {
            writer.WriteStartObject();
            writer.WriteString("sha1", file.Sha1);
            writer.WriteNumber("size", file.Size);
            writer.WriteString("compression", file.Compression);
            writer.WriteTextIfAny("dataset_guid", file.DatasetGuid);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter writer, object value) => writer.WriteStringValue(value.ToString());
}
