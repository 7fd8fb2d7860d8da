namespace ImgApi.Api.Responses;

/// <summary>The errors that a ping answers on request (contract 5.1).</summary>
internal static class PingErrors
{
    private const string Suffix = "Error";

    /// <summary>The error of a name, with or without <c>Error</c> at its end; an empty name is an internal error.</summary>
    public static ImgApiException Of(string name)
    {
        var wanted = name.Length == 0 ? ErrorCode.Internal.Name : name;
        wanted = wanted.EndsWith(Suffix, StringComparison.Ordinal) ? wanted : wanted + Suffix;
        var code = ErrorCode.All.FirstOrDefault(code => code.Name == wanted || code.Name + Suffix == wanted);
        if (code is null)
        {
            return ImgApiException.InvalidParameter("error", $"unknown error: {wanted}", FieldError.Missing);
        }

        if (code == ErrorCode.InvalidParameter)
        {
            return ImgApiException.InvalidParameter("foo", "invalid \"foo\"");
        }

        return new ImgApiException(code, code == ErrorCode.ValidationFailed || code == ErrorCode.Internal ? "boom" : code.Meaning);
    }
}
