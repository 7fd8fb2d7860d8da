namespace ImgApi.Api.Configuration;

/// <summary>The form of the log.</summary>
internal enum LogFormat
{
    /// <summary>Lines for people.</summary>
    Text,

    /// <summary>A JSON object a line.</summary>
    Json,

    /// <summary>Lines with the priorities of journald.</summary>
    Journald,
}
