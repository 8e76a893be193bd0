using Google.Protobuf.Reflection;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Access;

/// <summary>A resource that a request names.</summary>
/// <param name="Field">The field with the name.</param>
/// <param name="Kind">Kind of the resource.</param>
/// <param name="Id">Id of the resource; of a version the id of its model.</param>
/// <param name="Text">Content of the field.</param>
internal readonly record struct ResourceReference(FieldDescriptor Field, ResourceKind Kind, string Id, string Text);
