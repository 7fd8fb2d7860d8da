using System.CommandLine;
using System.Net.Sockets;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Connection;

/// <summary>Explains why a command failed: what, why, and what to do.</summary>
internal static class Refusals
{
    /// <summary>Whether the server did not answer, as opposed to an answer that is an error.</summary>
    public static bool IsUnreachable(ImgApiException refusal) => refusal.InnerException
        is HttpRequestException { StatusCode: null } or IOException or SocketException or OperationCanceledException or TimeoutException;

    /// <summary>Makes a change, and says how to find out whether it was made if the answer is missing or the command is interrupted.</summary>
    /// <param name="search">The command that shows it, without <c>imgapi</c>.</param>
    /// <param name="note">Prints a remark.</param>
    public static async Task<T> WithSearchAsync<T>(ParseResult parsed, string search, Action<string> note, Func<Task<T>> change)
    {
        try
        {
            return await change();
        }
        catch (Exception failure) when (failure is OperationCanceledException || (failure is ImgApiException refusal && IsUnreachable(refusal)))
        {
            note($"imgapi: {GoOn.Command(parsed, search)} shows whether it was made");
            throw;
        }
    }

    /// <summary>Prints the error on standard error.</summary>
    /// <returns>The exit code.</returns>
    public static int Print(ImgApiException refusal, ParseResult parsed)
    {
        if (IsUnreachable(refusal))
        {
            Printer.Error($"imgapi: the server does not answer: {refusal.Message}; imgapi ping tests the connection");
            return ExitCode.Unreachable;
        }

        if (refusal.InnerException is HttpRequestException { StatusCode: { } status } && (int)status >= 400)
        {
            Printer.Error($"imgapi: the server, or a proxy before it, answered {refusal.Message} ({status}) without an explanation");
            return ExitCode.Refused;
        }

        var isKnown = refusal.Code != ErrorCode.RemoteSource || refusal.Errors.Count > 0;
        Printer.Error($"imgapi: {refusal.Message}{(isKnown ? $" ({refusal.Code.Name})" : "")}{Advice(refusal, parsed)}");
        foreach (var error in refusal.Errors.Where(error => error.Message != refusal.Message))
        {
            Printer.Error($"  {error.Field}: {error.Message}");
        }

        return ExitCode.Refused;
    }

    private static string Advice(ImgApiException refusal, ParseResult parsed) =>
        refusal.Code == ErrorCode.Unauthorized && parsed.CommandResult.Command.Name != "login" ? $"; imgapi login checks and keeps credentials, {Credentials.PasswordVariable} gives a password"
        : refusal.Code.Name == "NotImageOwner" && parsed.GetValue(ConnectionOptions.Account) is null ? "; --account names the owner"
        : "";
}
