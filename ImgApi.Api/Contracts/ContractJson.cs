using System.Text.Json.Serialization;

namespace ImgApi.Api.Contracts;

/// <summary>
/// Source-generated metadata for the most frequent answers. With reflection, a start takes a tenth of a second longer. The other answers are too
/// rare to matter.
/// </summary>
[JsonSerializable(typeof(PingReply))]
[JsonSerializable(typeof(ImageManifest))]
internal sealed partial class ContractJson : JsonSerializerContext;
