namespace ImgApi.Api.Web.SignIn;

/// <summary>What the sign-in shows.</summary>
/// <param name="ReturnTo">See <see cref="ReturnAddress"/>.</param>
/// <param name="Message">Why the user is asked again; null at the first time.</param>
/// <param name="Name">The name that was entered.</param>
internal sealed record SignInForm(string ReturnTo, string? Message, string Name);
