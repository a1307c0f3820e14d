namespace Rapida.Testing;

/// <summary>
/// The real servers that tests run against. <c>make test</c> starts one set and exports where they are; a test project that is run alone
/// starts its own with the scripts of <c>eng/servers</c> and ends them with the process.
/// </summary>
public static class TestServers
{
    /// <summary>Npgsql connection string of a PostgreSQL server whose user may create databases.</summary>
    public static Task<string> PostgresAsync() => From("RAPIDA_TEST_POSTGRES");

    /// <summary>host:port of a Redis server.</summary>
    public static Task<string> RedisAsync() => From("RAPIDA_TEST_REDIS");

    /// <summary>amqp URI of a RabbitMQ server, without a virtual host.</summary>
    public static Task<string> RabbitMqAsync() => From("RAPIDA_TEST_RABBITMQ");

    private static Task<string> From(string variable) => Task.FromResult(Environment.GetEnvironmentVariable(variable)
        ?? throw new InvalidOperationException($"{variable} is not set: run the tests with make test."));
}
