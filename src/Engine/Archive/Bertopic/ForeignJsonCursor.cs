using System.Text.Json;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>Visits the members of an object or the items of a list, one at a time, as ranges of its bytes.</summary>
/// <param name="json">An object or a list: valid JSON without white space around it.</param>
internal sealed class ForeignJsonCursor(ReadOnlyMemory<byte> json)
{
    private JsonReaderState _state;
    private int _position;

    /// <summary>Name of the current member with its quotes; empty for an item of a list.</summary>
    public ReadOnlyMemory<byte> Name { get; private set; }

    /// <summary>Current value.</summary>
    public ReadOnlyMemory<byte> Value { get; private set; }

    /// <summary>Moves to the next value.</summary>
    /// <returns>False at the end.</returns>
    public bool MoveNext()
    {
        // The reader continues where the state says: inside an object or a list.
        Utf8JsonReader reader = new(json.Span[_position..], isFinalBlock: true, _state);
        if (_position == 0)
        {
            reader.Read();
        }

        reader.Read();
        if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
        {
            return false;
        }

        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            int name = _position + (int)reader.TokenStartIndex;
            Name = json.Slice(name, reader.ValueSpan.Length + 2);
            reader.Read();
        }

        int start = _position + (int)reader.TokenStartIndex;
        reader.Skip();
        _position += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        Value = json[start.._position];
        return true;
    }
}
