namespace ImgApi.Api.Configuration;

/// <summary>The words and numbers of sdc-imgapi for log levels.</summary>
internal static class LogLevelWords
{
    private static readonly string[] Words = ["trace", "debug", "info", "warn", "error", "fatal"];

    public static string Of(LogLevel level) => Words[Math.Min((int)level, Words.Length - 1)];

    /// <summary>The number for a level: 10 for trace, 20 for debug, ... 60 for fatal.</summary>
    public static int Number(LogLevel level) => ((int)level + 1) * 10;

    /// <summary>The level of a word, in any case; null if there is none.</summary>
    public static LogLevel? Find(string? word) =>
        Array.FindIndex(Words, known => known.Equals(word, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index ? (LogLevel)index : null;

    /// <summary>The level of a number; null if there is none.</summary>
    public static LogLevel? Find(int number) =>
        number % 10 == 0 && number / 10 - 1 is >= 0 and var level && level < Words.Length ? (LogLevel)level : null;
}
