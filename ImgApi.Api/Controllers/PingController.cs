namespace ImgApi.Api.Controllers;

/// <summary>Answers that the server is available, and that it is an image API.</summary>
[Authorize(Policies.Ping)]
[Tags(ApiTags.Server)]
internal sealed class PingController(ServerRules rules) : ImgApiController
{
    private const string Suffix = "Error";

    /// <summary>Checks that the server is available.</summary>
    /// <param name="error">Name of an error to answer with, for testing clients: for instance <c>ValidationFailed</c>.</param>
    [HttpRead("/ping", Name = "Ping")]
    [Fails(nameof(ErrorCode.InvalidParameter))]
    public ActionResult<PingReply> Ping(Caller caller, [FromQuery] string? error) =>
        error is null ? PingReply.For(caller.User, rules, caller.User is null ? null : caller.Actor.Role) : throw ErrorOf(error);

    /// <summary>The error of a name, with or without <c>Error</c> at its end (contract 5.1); an empty name is an internal error.</summary>
    private static ImgApiException ErrorOf(string name)
    {
        var wanted = name.Length == 0 ? ErrorCode.Internal.Name : name;
        wanted = wanted.EndsWith(Suffix, StringComparison.Ordinal) ? wanted : wanted + Suffix;
        var code = ErrorCode.All.FirstOrDefault(code => code.Name == wanted || code.Name + Suffix == wanted);
        return code is null ? ImgApiException.InvalidParameter("error", $"unknown error: {wanted}", FieldError.Missing)
            : code == ErrorCode.InvalidParameter ? ImgApiException.InvalidParameter("foo", "invalid \"foo\"")
            : new ImgApiException(code, code == ErrorCode.ValidationFailed || code == ErrorCode.Internal ? "boom" : code.Meaning);
    }
}
