namespace ImgApi.Api.Configuration;

/// <summary>What can be read without credentials.</summary>
public enum ReadAccess
{
    /// <summary>Everything, as with trondn/imgapi and sdc-imgapi.</summary>
    Open,

    /// <summary>Public images; of private ones not even that they exist.</summary>
    Private,

    /// <summary>Nothing but the ping.</summary>
    All,
}
