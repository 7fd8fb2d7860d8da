namespace ImgApi.Api.Configuration;

/// <summary>The user of a configuration that was just made. The password is shown once and kept nowhere.</summary>
/// <param name="User">The name.</param>
/// <param name="Password">The password in clear text.</param>
internal sealed record NewLogin(string User, string Password);
