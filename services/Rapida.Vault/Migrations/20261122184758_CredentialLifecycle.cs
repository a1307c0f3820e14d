using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapida.Vault.Migrations
{
    /// <inheritdoc />
    public partial class CredentialLifecycle : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "deleted_at",
                table: "credentials",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "previous_secret_fields_ciphertext",
                table: "credentials",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "previous_secret_fields_ring_key_id",
                table: "credentials",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "previous_secret_fields_wrapped_key",
                table: "credentials",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "previous_until",
                table: "credentials",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "secret_field_names",
                table: "credentials",
                type: "text[]",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "sequence",
                table: "credentials",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "deleted_at",
                table: "credentials");

            migrationBuilder.DropColumn(
                name: "previous_secret_fields_ciphertext",
                table: "credentials");

            migrationBuilder.DropColumn(
                name: "previous_secret_fields_ring_key_id",
                table: "credentials");

            migrationBuilder.DropColumn(
                name: "previous_secret_fields_wrapped_key",
                table: "credentials");

            migrationBuilder.DropColumn(
                name: "previous_until",
                table: "credentials");

            migrationBuilder.DropColumn(
                name: "secret_field_names",
                table: "credentials");

            migrationBuilder.DropColumn(
                name: "sequence",
                table: "credentials");
        }
    }
}
