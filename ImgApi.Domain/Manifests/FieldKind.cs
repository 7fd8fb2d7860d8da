using System.Text.Json;

namespace ImgApi.Domain.Manifests;

/// <summary>A type of fields: how their values are read leniently from JSON, and written to it.</summary>
public sealed class FieldKind
{
    private FieldKind(
        Type type, Type shape, Func<JsonElement, (object? Value, bool IsComplete)> read, Action<Utf8JsonWriter, object> write) =>
        (Type, Shape, Read, Write) = (type, shape, read, write);

    public static FieldKind Text { get; } = Scalar<string>(
        typeof(string), value => value.AsLenientText(), (writer, value) => writer.WriteStringValue((string)value));

    public static FieldKind Boolean { get; } = Scalar<bool>(
        typeof(bool), value => value.AsBoolean(), (writer, value) => writer.WriteBooleanValue((bool)value));

    /// <summary>A whole number of 32 bits.</summary>
    public static FieldKind SmallNumber { get; } = Scalar<int>(
        typeof(long),
        value => value.AsWholeNumber() is >= int.MinValue and <= int.MaxValue and var number ? (int)number : null,
        (writer, value) => writer.WriteNumberValue((int)value));

    public static FieldKind Number { get; } = Scalar<long>(
        typeof(long), value => value.AsWholeNumber(), (writer, value) => writer.WriteNumberValue((long)value));

    public static FieldKind Uuid { get; } = Scalar<Uuid>(typeof(string), value => value.AsUuid(), WriteText);
    public static FieldKind Timestamp { get; } = Scalar<Timestamp>(typeof(string), value => value.AsLenientTimestamp(), WriteText);

    // A single value is read as an array.
    public static FieldKind Texts { get; } = List<string>(value => value.AsLenientText());
    public static FieldKind Uuids { get; } = List<Uuid>(value => value.AsUuid());

    // Kept as JSON, with any members or items.
    public static FieldKind JsonObject { get; } = Piece(JsonValueKind.Object);
    public static FieldKind JsonArray { get; } = Piece(JsonValueKind.Array);

    /// <summary>The list with an image's file. It is only written, since each reader needs another part of it.</summary>
    public static FieldKind Files { get; } = new(
        typeof(ImageFile[]), typeof(JsonElement), _ => throw new NotSupportedException("The field \"files\" is not read as a whole."), WriteFiles);

    /// <summary>The .NET type of values.</summary>
    public Type Type { get; }

    /// <summary>The type in the API documentation: string, bool, long, string[], or <see cref="JsonElement"/> for any JSON.</summary>
    public Type Shape { get; }

    /// <summary>Reads a value other than null: a <see cref="Type"/>, or null if nothing is usable; and whether it is entirely valid.</summary>
    public Func<JsonElement, (object? Value, bool IsComplete)> Read { get; }

    /// <summary>Writes a <see cref="Type"/>.</summary>
    public Action<Utf8JsonWriter, object> Write { get; }

    private static FieldKind Scalar<T>(Type shape, Func<JsonElement, object?> read, Action<Utf8JsonWriter, object> write) =>
        new(typeof(T), shape, value => read(value) is { } result ? (result, true) : (null, false), write);

    private static FieldKind List<T>(Func<JsonElement, object?> read) => new(
        typeof(IReadOnlyList<T>),
        typeof(string[]),
        value =>
        {
            object?[] items = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(read)] : [read(value)];
            T[] usable = [.. items.OfType<T>()];
            return value.ValueKind == JsonValueKind.Object ? (null, false) : (usable, usable.Length == items.Length);
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
