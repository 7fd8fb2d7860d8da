namespace ImgApi.Api.OpenApi;

/// <summary>The error codes that an action can answer, for the API documentation.</summary>
/// <param name="codes">Names of the members of <see cref="ErrorCode"/>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
internal sealed class FailsAttribute(params string[] codes) : Attribute
{
    /// <summary>The entries of the register.</summary>
    public IReadOnlyList<ErrorCode> Codes { get; } =
        [.. codes.Select(code => (ErrorCode)typeof(ErrorCode).GetField(code)!.GetValue(null)!)];
}
