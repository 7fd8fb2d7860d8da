namespace ImgApi.Api.Configuration;

/// <summary>
/// What the value of a key must be, for the message about any other: completes "must be". Booleans and enumerations need none.
/// </summary>
/// <param name="text">The words, for instance "a number from 0 to 65535".</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
internal sealed class MustBeAttribute(string text) : Attribute
{
    /// <summary>The words.</summary>
    public string Text { get; } = text;
}
