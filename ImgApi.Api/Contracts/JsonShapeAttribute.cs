namespace ImgApi.Api.Contracts;

/// <summary>Tells the API documentation what a member of type <see cref="System.Text.Json.JsonElement"/> holds.</summary>
/// <param name="type">The type whose schema is shown; <c>JsonElement</c> itself for free-form JSON.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class JsonShapeAttribute(Type type) : Attribute
{
    /// <summary>The type whose schema is shown.</summary>
    public Type Type { get; } = type;
}
