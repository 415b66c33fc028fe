using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cme.Web.Api;

/// <summary>Writes every answer of the API: camelCase, nothing for what is absent, no reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemDocument))]
internal sealed partial class EdgeJson : JsonSerializerContext;
