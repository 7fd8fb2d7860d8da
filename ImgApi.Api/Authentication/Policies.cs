namespace ImgApi.Api.Authentication;

/// <summary>The authorisation policies, one per kind of route (contract 7.1).</summary>
public static class Policies
{
    /// <summary>Credentials are required: the contract's "strict" routes.</summary>
    public const string Write = nameof(Write);

    /// <summary>Credentials are optional, but wrong ones are refused: the contract's "passive" routes.</summary>
    public const string Read = nameof(Read);
}
