namespace ImgApi.Api.Contracts;

/// <summary>The type that the API documentation shows for a member of type <see cref="System.Text.Json.JsonElement"/>.</summary>
/// <param name="type"><c>JsonElement</c> for free-form JSON.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class JsonShapeAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}
