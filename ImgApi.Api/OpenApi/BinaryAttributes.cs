namespace ImgApi.Api.OpenApi;

/// <summary>The body of a request is raw bytes; for the API documentation.</summary>
/// <param name="contentTypes">Media types that it may have.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BinaryRequestAttribute(params string[] contentTypes) : Attribute
{
    /// <summary>Media types that it may have.</summary>
    public IReadOnlyList<string> ContentTypes { get; } = contentTypes;
}

/// <summary>The body of the 200 answer is raw bytes; for the API documentation.</summary>
/// <param name="contentTypes">Media types that it may have.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BinaryResponseAttribute(params string[] contentTypes) : Attribute
{
    /// <summary>Media types that it may have.</summary>
    public IReadOnlyList<string> ContentTypes { get; } = contentTypes;
}
