using System.CommandLine.Parsing;

namespace ImgApi.Api.CommandLine.Users;

/// <summary>A quota as people write it.</summary>
/// <param name="Bytes">Null for no limit.</param>
internal sealed record UserQuota(long? Bytes)
{
    private const string None = "none";

    public static UserQuota? Read(ArgumentResult given)
    {
        var text = given.Tokens[0].Value;
        var bytes = ByteSize.Parse(text);
        if (bytes is null or 0 && text != None)
        {
            given.AddError("a quota must be at least 1 byte, such as 10g or 500 MiB, or none");
            return null;
        }

        return new UserQuota(bytes);
    }

    public override string ToString() => Bytes is { } bytes ? ByteSize.Format(bytes) : None;
}
